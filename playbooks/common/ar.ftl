### كلمات تشترك فيها كل الأدلة. قصيرة ودافئة وبسيطة: ما الخطوة التالية، بلا لوم ولا مصطلحات صعبة.
### قبل كل أمر أو تاريخ العلامة U+200E، وهي لا تُرى: بها يظهر بترتيبه الصحيح داخل السطر العربي.

## الأوقات والقوائم والتقييم

time-tomorrow = غدًا { $time }
time-yesterday = أمس { $time }
time-day = { $day }، { $time }
duration = { $hours ->
    [0] { $minutes ->
        [zero] أقل من دقيقة
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $minutes } دقائق
        [many] { $minutes } دقيقة
       *[other] { $minutes } دقيقة
    }
   *[other] { $hours ->
        [one] ساعة واحدة
        [two] ساعتان
        [few] { $hours } ساعات
        [many] { $hours } ساعة
       *[other] { $hours } ساعة
    }{ $minutes ->
        [zero] { "" }
        [one] { " " }ودقيقة
        [two] { " " }ودقيقتان
        [few] { " " }و{ $minutes } دقائق
        [many] { " " }و{ $minutes } دقيقة
       *[other] { " " }و{ $minutes } دقيقة
    }
}
scale-of = { $mark } من 5
scale-1 = 1 – لا، أبدًا
scale-2 = 2
scale-3 = 3
scale-4 = 4
scale-5 = 5 – نعم، تمامًا
cancel = إلغاء
close = إغلاق
more = المزيد …
not-known = غير معروف بعد
nothing-yet = لا شيء بعد
said-nothing = (لم يُكتب شيء)
severity-1 = عميل منزعج
severity-2 = عميل مستاء
severity-3 = حالة عاجلة

## بطاقة من يخدم العميل

say = يُفضَّل
never = يجب تجنّبه
card-title = { $place } من { $of } ·
card-missing = ما زال ينقص: { $what }
card-severe = عاجل: تم إبلاغ أحد المشرفين فورًا.
card-taken = { $who } معك منذ { $time }. ويبقى التواصل مع العميل لديك.
card-pinged = أطلب المساعدة من { $who }.
card-handed = انتقلت المعالجة إلى { $who }.
card-dropped = أُنهيت المعالجة: لا داعي للتصعيد.
card-closed = اكتملت المعالجة. شكرًا لك على متابعتها حتى النهاية.
card-not-started = لم تبدأ بعد.
group-prevention = ما يمنع تكراره
note-last = آخر المستجدات، { $time }
note-at = المستجدات، { $time }
taken = الأمر لدى { $who }، والمساعدة في الطريق إليك.
advised = نصيحة من { $who }:
prevention-title = حتى لا يتكرر الأمر: { $what }
prevention-late = لم يتم في موعده: { $what }
prevention-late-body = كان هذا ليمنع تكرار المشكلة. الرجاء سؤال { $who } عمّا يعيق إنجازه.
prevention-done = تم { $time }.
prevention-press = تم
approval-title = سؤال من { $who }: هل يمكننا منح العميل { $amount }؟
approval-why = لماذا أنت: صلاحيتك حتى { $limit } والمبلغ أعلى من صلاحية زميلك.
approval-why-any = لماذا أنت: المبلغ أعلى من صلاحية زميلك، ويمكنك الموافقة عليه.
approval-moved = سألتُ شخصًا آخر أيضًا، ويُعتمد أول رد.
approval-gone = لم يعد هذا السؤال قائمًا.
approval-end-granted = تمت الموافقة من { $who } على { $amount }
approval-end-less = تمت الموافقة من { $who } على { $granted } بدل { $amount }
approval-end-refused = لا موافقة من { $who } على { $amount }: { $why }
approval-end-expired = لم يُجب أحد عن { $amount } في الوقت المناسب
approval-end-alone = { $amount } ضمن صلاحية { $who }
approval-told = وصل الجواب إلى { $who }.
approval-own = يمكنك أن تقرر بنفسك حتى { $amount } دون الرجوع إلى أحد.
approval-alone = { $amount }: يمكنك أن تقرر ذلك بنفسك.
approval-asked = طلبتُ من { $who } الموافقة على { $amount }، فلا تَعِد العميل بالمبلغ بعد.
approval-granted = تمت الموافقة من { $who } على { $amount }، ويمكنك أن تَعِد به الآن.
approval-less = تمت الموافقة من { $who } على { $amount } لا على المبلغ كله. يمكنك أن تَعِد به الآن.
approval-refused = لا موافقة من { $who } على { $amount }: { $why }
approval-expired = لم يُجِب أحد عن { $amount }، فاعرض ما يمكنك أن تقرره بنفسك، أو اطلب من جديد عبر «تصحيح».
approval-allow = موافقة
record-allowed = الموافقة
record-allowed-limit = { $who }: { $amount }، ضمن صلاحية { $limit }
record-allowed-any = { $who }: { $amount }
taken-over = أصبح هذا العميل لدى { $who } من الآن. شكرًا لك، ولا حاجة إلى أن تتابع الأمر.
snooze = ذكّرني بعد 15 دقيقة
snoozed = سأذكّرك { $time }.
help-coming = طلبتُ من { $who } مساعدتك.
help-coming-later = لا يمكنني إيقاظ أحد الآن. سأطلب من { $who } مساعدتك حالما يُسمح بذلك: { $time }.
help-coming-channel = طلبتُ المساعدة لك في قناة الفريق.
help-coming-channel-later = لا يمكنني إيقاظ أحد الآن. سأطلب المساعدة لك في قناة الفريق حالما يُسمح بذلك: { $time }.
handed = انتقلت إليك هذه المعالجة من { $who }. القصة كاملة في البطاقة أعلاه.

offer-title = يبدو أن لديك عميلًا مستاءً. هل نتعامل مع الأمر معًا؟
offer-why = ما انتبهتُ إليه: { $why }. لا يرى هذه الرسالة غيرك.
offer-accept = ساعدني خطوة بخطوة
offer-decline = لا داعي للتصعيد
offer-taken = بدأنا. بطاقتك في محادثتنا الخاصة.
offer-dropped = مفهوم: لا داعي للتصعيد. شكرًا لك، هذا يساعدني على الفهم أكثر.

## النماذج

form-answer = إجابة
    .title = إجابة
    .submit = حفظ
form-correct = تصحيح: { $step }
    .title = تصحيح
    .submit = حفظ
form-skip = تخطي هذه الخطوة
    .title = تخطي هذه الخطوة
    .submit = تخطي
form-handover = تسليم لزميل
    .title = تسليم لزميل
    .submit = تسليم
form-drop = لا داعي للتصعيد
    .title = لا داعي للتصعيد
    .submit = إنهاء المعالجة
form-switch = استخدام طريقة أخرى
    .title = طريقة أخرى
    .submit = استخدامها
form-help = طلب مشرف
    .title = طلب مشرف
    .submit = إرسال الطلب
form-note = آخر المستجدات
    .title = آخر المستجدات
    .submit = حفظ
form-advise = نصيحة
    .title = نصيحة خاصة
    .submit = إرسال إلى الزميل
form-allowless = الموافقة على مبلغ أقل
    .title = مبلغ أقل
    .submit = موافقة على هذا المبلغ
form-deny = رفض
    .title = رفض
    .submit = رفض
form-postpone = يحتاج وقتًا أطول
    .title = يحتاج وقتًا أطول
    .submit = حفظ
form-pass = إحالة لغيري
    .title = إحالة لغيري
    .submit = إحالة
form-reopen = عاد العميل بالمشكلة
    .title = إعادة فتح المعالجة
    .submit = إعادة الفتح
form-start = بدء معالجة
    .title = بدء معالجة
    .submit = بدء
    .said = ماذا يحدث؟
    .hint = يكفي سطر واحد: ما يقوله العميل، أو الخطأ الذي حدث.
form-language = اللغة والوقت
    .title = اللغة والوقت
    .submit = حفظ
    .lang = لغتك
    .zone = منطقتك الزمنية
    .hint = مثلًا: { "\u200E" }Asia/Riyadh
input-reason = لماذا؟
input-why = ما المطلوب؟
input-advice = نصيحتك، يراها الزميل وحده
    .hint = أمر واحد يقوله أو يفعله الآن.
input-allowless = كم المبلغ؟
input-deny = لماذا؟ سيقرأ زميلك هذا.
input-until = حتى متى؟
input-pass = من يتولى الأمر؟
input-reopen = ما المشكلة الآن؟
input-note = ماذا قلت للعميل؟
input-method = أي طريقة؟
input-to = إلى من؟

## المشرف

ping-title = { $who } بحاجة إليك: { $severity }
ping-title-mine = { $who }: الأمر لديك
ping-title-taken = { $who }: الأمر لدى { $by }
ping-title-over = أصبح العميل لدى { $who }
ping-title-moved = { $who }: طلبتُ المساعدة من { $by }
ping-title-again = { $who }: سألتُك من جديد في الأسفل
ping-title-closed = { $who }: اكتملت المعالجة
ping-title-dropped = { $who }: لا داعي للتصعيد
ping-promised = ما وعدنا به
ping-tried = ما تم حتى الآن
ping-now = الآن
tried-step = { $step } ({ $time })
tried-skipped = { $step }، تم التخطي: { $why }
take = سأتولى الأمر
take-over = سأتابع بنفسي
ping-asked-now = ثم طلبتُ ذلك من { $who }.
ping-stops = أي زر يوقف هذا التنبيه: مع «سأتولى الأمر» لا أسأل أحدًا غيرك، ومع «سأتابع بنفسي» يصبح العميل لديك.
ping-taken = الأمر لدى { $who } منذ { $time }.
ping-closed = اكتملت المعالجة: لا شيء مطلوب.
ping-dropped = أُنهيت المعالجة بقرار من { $who }: لا داعي للتصعيد.
why-severe = { $where ->
    [channel] لماذا هذه القناة: الحالة عاجلة، وهنا أسأل أولًا.
   *[person] لماذا أنت: الحالة عاجلة، وأنت أول من يُسأل.
}
why-asked = { $where ->
    [channel] لماذا هذه القناة: { $who } بحاجة إلى مشرف: { $why }
   *[person] لماذا أنت: { $who } بحاجة إلى مشرف: { $why }
}
why-late = { $where ->
    [channel] لماذا هذه القناة: لم تكتمل إحدى الخطوات في وقتها.
   *[person] لماذا أنت: لم تكتمل إحدى الخطوات في وقتها.
}
why-unanswered = { $where ->
    [channel] لماذا هذه القناة: لم يصل رد من { $before }.
   *[person] لماذا أنت: لم يصل رد من { $before }.
}
why-stalled = { $where ->
    [channel] لماذا هذه القناة: كان الأمر لدى { $before } ولم يحدث شيء منذ ذلك الحين.
   *[person] لماذا أنت: كان الأمر لدى { $before } ولم يحدث شيء منذ ذلك الحين.
}
why-passed = لماذا أنت: أُحيل الأمر إليك من { $by }.
why-reopened = { $where ->
    [channel] لماذا هذه القناة: عاد العميل بالمشكلة، ففُتحت المعالجة من جديد: { $why }
   *[person] لماذا أنت: عاد العميل بالمشكلة، ففُتحت المعالجة من جديد: { $why }
}
why-unhappy = { $where ->
    [channel] لماذا هذه القناة: يقول العميل إن الحل لم يُرضه.
   *[person] لماذا أنت: يقول العميل إن الحل لم يُرضه.
}
why-again = { $where ->
    [channel] لماذا هذه القناة: خذلنا هذا العميل من قبل خلال آخر 30 يومًا. المطلوب اعتذار وتعويض ملموس.
   *[person] لماذا أنت: خذلنا هذا العميل من قبل خلال آخر 30 يومًا. المطلوب اعتذار وتعويض ملموس.
}
why-channel = من يضغط أولًا يتولى الأمر.
storm-title = { $count ->
    [one] عميل واحد بحاجة إليك
    [two] عميلان بحاجة إليك
    [few] { $count } عملاء بحاجة إليك
    [many] { $count } عميلًا بحاجة إليك
   *[other] { $count } عميل بحاجة إليك
}
storm-title-unanswered = { $count ->
    [one] لم يردّ أحد بشأن عميل واحد
    [two] لم يردّ أحد بشأن عميلين
    [few] لم يردّ أحد بشأن { $count } عملاء
    [many] لم يردّ أحد بشأن { $count } عميلًا
   *[other] لم يردّ أحد بشأن { $count } عميل
}
storm-title-late = { $count ->
    [one] خطوة واحدة متأخرة
    [two] خطوتان متأخرتان
    [few] { $count } خطوات متأخرة
    [many] { $count } خطوة متأخرة
   *[other] { $count } خطوة متأخرة
}
storm-body-late = يمكنك السؤال عن سبب كل تأخير. «نصيحة» و«سأتابع بنفسي» في البطاقات.
storm-line = { $who }: { $severity }، في الانتظار منذ { $time }
storm-line-over = { $who }: { $severity }
storm-body = وصلت هذه الطلبات خلال دقائق فجمعتها لك في رسالة واحدة. تولَّ منها ما تستطيع، وسأسأل عن الباقي المشرف التالي.
storm-done = لم يعد أحد هنا بانتظارك
still-title = ما زال طلب { $who } لديك: هل تعمل عليه؟
still-body = الأمر لديك ولم يحدث شيء منذ مدة. اضغط الزر، وإلا انتقل إلى من يليك.
still-take = نعم، أعمل عليه
recurs-title = تكرر السبب نفسه خلال 30 يومًا: { $cause }
unanswered-nobody = لم أجد من أسأله
late-title = خطوة متأخرة لدى { $who }: { $step }
support-title = دعمك مطلوب: { $who }
support-body = انتهت للتو معالجة شكوى عميل. المرجو تخصيص وقت لذلك اليوم؛ أما التفاصيل فلصاحب الأمر وحده أن يذكرها.
late-body = هذه المعالجة لديك. يمكنك السؤال عن سبب التأخير؛ و«نصيحة» و«سأتابع بنفسي» في بطاقتها.
late-body-nobody = إن لم يتولَّ أحد هذه المعالجة بعد، فالزر «سأتولى الأمر» في بطاقتها؛ ثم يمكنك السؤال عن سبب التأخير.
late-over = لم تعد هذه الخطوة مفتوحة.
nudge-over = تم ذلك، أو لم يعد مطلوبًا.
asked-title = { $who } بحاجة إليك من جديد
unanswered-title = لم يردّ أحد ممن نبّهتُهم: { $who }
unanswered-body = وصل التنبيه إلى كل من في القائمة. الرجاء التأكد من أن أحدًا سيتولى الأمر.

## مسؤولو النظام

undelivered-not-in-channel = لا أستطيع النشر في { $where }: بعد دعوتي إلى هناك سأنشر الرسالة تلقائيًا.
undelivered-archived = لا أستطيع النشر في { $where }: القناة مؤرشفة. الرجاء اختيار قناة أخرى في amends.toml.
undelivered-gone = لا أستطيع الوصول إلى { $where }: لم يعد هناك أحد. الرجاء تعديل amends.toml.
undelivered-revoked = لم يعد مسموحًا لي بالكتابة هنا: الرجاء تثبيت التطبيق من جديد وإدخال رمز الوصول الجديد.
undelivered-refused = رُفضت رسالة موجّهة إلى { $where }.
fault-late = تأخر تنبيه إلى { $who }: كان موعده { $time }
fault-given-up = لم يصل تنبيه إلى { $who }، وتوقفت المحاولات { $time }
fault-forgotten = منذ { $time } لم يعد أحد يُسأل عن أحد عملاء { $who }
fault-body = نرجو أن تتابع الأمر بنفسك. على الجهاز الذي أعمل عليه يبيّن الأمر { $command } من سُئل وماذا كانت النتيجة.
undelivered-body = لم يضِع شيء: السجل محفوظ، والرسالة في الانتظار.

## الفريق

record-title = معالجة اكتملت على يد { $who }
record-skipped = خطوات تم تخطيها
record-to-apology = الوقت حتى الاعتذار
record-to-fix = الوقت حتى الحل
record-to-close = الوقت حتى الانتهاء

## الصفحة الرئيسية والقائمة والمساعدة

home-title = Amends
list-title = { $count ->
    [zero] لا توجد معالجات مفتوحة
    [one] معالجة مفتوحة واحدة
    [two] معالجتان مفتوحتان
    [few] { $count } معالجات مفتوحة
    [many] { $count } معالجة مفتوحة
   *[other] { $count } معالجة مفتوحة
}
list-empty = لا توجد معالجات مفتوحة. ممتاز.
list-missing = الناقص
help-title = أساعدك عندما يكون العميل مستاءً: الاعتذار، ثم المراجعة، ثم الحل والمتابعة، ثم التوثيق.
help-how = طريقة الاستخدام
help-lines = { $platform ->
    [teams]
        لبدء معالجة: «ابدأ» ثم وصف ما يحدث
        ماذا أقول الآن؟ «اسأل» ثم ما يقوله العميل
        مراجعة مسودتك، لك وحدك: «مسودة» ثم النص
        لعرض معالجاتك المفتوحة: «القائمة»
        لاختيار لغتك: «اللغة»
        لملخص المشرف عن فريقه: «اليوم»
        لتحويل تنبيهات المشرف إلى من يليه مدةً: «كتم ساعة» ثم «إلغاء الكتم»
        في القنوات: الكلمات نفسها بعد { "\u200E" }@Amends
   *[other]
        لبدء معالجة: «{ "\u200E" }/amends ابدأ» ثم وصف ما يحدث
        ماذا أقول الآن؟ «{ "\u200E" }/amends اسأل» ثم ما يقوله العميل
        مراجعة مسودتك، لك وحدك: «{ "\u200E" }/amends مسودة» ثم النص
        لعرض معالجاتك المفتوحة: «{ "\u200E" }/amends القائمة»
        لاختيار لغتك: «{ "\u200E" }/amends اللغة»
        لملخص المشرف عن فريقه: «{ "\u200E" }/amends اليوم»
        لتحويل تنبيهات المشرف إلى من يليه مدةً: «{ "\u200E" }/amends كتم ساعة» ثم «{ "\u200E" }/amends إلغاء الكتم»
}
help-method = { $platform ->
    [teams] لاختيار طريقة بالاسم ({ $methods }): «ابدأ carp:{ "\u200E" }» ثم وصف ما يحدث
   *[other] لاختيار طريقة بالاسم ({ $methods }): «{ "\u200E" }/amends ابدأ carp:{ "\u200E" }» ثم وصف ما يحدث
}
help-shortcut = { $platform ->
    [desk] من أي رسالة في القناة: «ساعدني خطوة بخطوة»
    [teams] من أي رسالة: «خيارات إضافية»، ثم «ساعدني خطوة بخطوة»
   *[other] من أي رسالة: «المزيد من الإجراءات»، ثم «ساعدني خطوة بخطوة»
}
help-private = في محادثتنا الخاصة: بالرد على بطاقتي، أو بالضغط على أزرارها
language-kept = من الآن سأتحدث معك باللغة { $language }.

## رفض مهذّب

no-late-closed = اكتملت هذه المعالجة من قبل، ولم يتغير شيء.
no-late-dropped = أُنهيت هذه المعالجة بقرار من { $who }: لا داعي للتصعيد. لم يتغير شيء.
no-late-method = دُوّنت معلومات من قبل، ولذلك تبقى الطريقة كما هي. لم يتغير شيء.
no-late-reopened = المعالجة مفتوحة من قبل.
no-pass-agent = الأمر لدى { $who } أصلًا، ومن هناك جاء الطلب إليك. الرجاء اختيار شخص آخر.
no-pass-self = اختر شخصًا غيرك، أو اضغط «سأتولى الأمر».
no-late-allowed = تم البتّ في هذا السؤال من قبل.
no-late-question = السؤال الآن عن مبلغ آخر، فلم يُقرَّر شيء. يرجى الإجابة عن أحدث سؤال.
no-limit = هذا أعلى من صلاحيتك، وهي { $limit }؛ وافق على مبلغ أقل أو اترك القرار لمن يليك.
no-limit-day = هذا أعلى من صلاحيتك لهذا اليوم، وهي { $limit }؛ وافق على مبلغ أقل أو اترك القرار لمن يليك.
no-field-future = اكتب وقتًا لم يأتِ بعد.
no-field-less = اكتب مبلغًا بالعملة نفسها، أكبر من صفر ولا يزيد على المطلوب.
no-field-limit = لا أحد ممن أسألهم يستطيع الموافقة على هذا المبلغ. اعرض مبلغًا أقل.
no-late-prevented = لم يبقَ هنا ما يُعمل.
no-early-prevented = فُتحت المعالجة من جديد، ويأتي ما يمنع التكرار في نهايتها.
no-late-started = بدأت هذه المعالجة من قبل، والبطاقة في محادثتنا الخاصة.
no-late-step = اكتملت هذه الخطوة من قبل. لتغييرها، الرجاء اختيار «تصحيح» في البطاقة.
no-late-taken = الأمر لدى { $who } بالفعل. شكرًا لاهتمامك.
no-late-passed = سبق أن طلبتُ ذلك من { $who }.
no-not-started = لم تبدأ هذه المعالجة بعد.
no-not-supervisor = لا يتولى هذا الأمر إلا مشرف من هذا الفريق.
no-not-yours = هذه المعالجة لدى { $who }. لمتابعتها بنفسك، يمكنك طلب تسليمها إليك.
no-unknown-recovery = { $platform ->
    [teams] لم أعد أجد هذه المعالجة. لعرض معالجاتك: «القائمة»
   *[other] لم أعد أجد هذه المعالجة. لعرض معالجاتك: «{ "\u200E" }/amends القائمة»
}
no-unknown-step = هذا الزر لا يخص هذه المعالجة، ولم يتغير شيء.
no-unknown-field = هذا الجواب لا يناسب هذه الخطوة، ولم يتغير شيء.
no-cannot-skip = لا تكتمل المعالجة دون السبب والإجراء. يكفي سطران.
no-help-exhausted = سبق أن سألتُ كل المشرفين. وإن لم يردّ أحد، يصل الخبر إلى مسؤول النظام.
no-help-nobody = لم يُحدَّد مشرف لفريقك. الرجاء طلب ذلك من مسؤول النظام.
no-handover-same = المعالجة لدى هذا الشخص بالفعل.
no-handover-nobody = الرجاء اختيار من سيتابع.
no-form = شيء ناقص أو غير مقروء: { $fields }
no-field-required = الرجاء ملء هذه الخانة.
no-field-time = لم أفهم هذا الوقت. مثال: 14:30 أو { "\u200E" }2026-11-24 14:30
no-field-money = لم أفهم هذا المبلغ. المطلوب رقم وعملة، مثل: 250 ريال
no-field-zone = لا أعرف هذه المنطقة الزمنية. تُكتب هكذا: { "\u200E" }Asia/Riyadh
no-field-option = الرجاء الاختيار من القائمة.
no-field-long = النص طويل: الحد الأقصى 3000 حرف.
no-which-recovery = لديك أكثر من معالجة مفتوحة. الرجاء الإجابة في بطاقة المعالجة المقصودة، أو بالرد عليها.
no-use-button = هنا يلزم الاختيار: الرجاء الضغط على الزر في البطاقة.
no-nothing-to-answer = { $platform ->
    [teams] لا شيء مفتوح بيننا الآن. للبدء: «ابدأ» ثم وصف ما يحدث.
   *[other] لا شيء مفتوح بيننا الآن. للبدء: «{ "\u200E" }/amends ابدأ» ثم وصف ما يحدث.
}
no-unknown-command = { $platform ->
    [teams] الكلمات التي أعرفها: «اسأل» و«مسودة» و«ابدأ» و«القائمة» و«اللغة» و«اليوم» و«كتم» و«إلغاء الكتم» و«مساعدة»
   *[other] الكلمات التي أعرفها بعد { "\u200E" }/amends{ "\u200E" }: اسأل، مسودة، ابدأ، القائمة، اللغة، اليوم، كتم، إلغاء الكتم، مساعدة
}
no-unknown-language = اللغات التي أعرفها: { $languages }.
no-again = تأخر فتح النافذة. الرجاء الضغط مرة أخرى.
no-empty = لا يوجد نص في الرسالة.

## ما سُمع، كما يظهر في بطاقة العرض

reason-anger = غضب
reason-broken = شيء معطّل
reason-capitals = أحرف كبيرة
reason-complaint = شكوى
reason-crisis = حياة في خطر
reason-danger = تهديد
reason-discount = طلب خصم
reason-failed-again = تكرّر الخطأ
reason-hurt = حزن أو خوف
reason-leak = بيانات شخصية
reason-legal = خطوات قانونية
reason-media = الصحافة أو وسائل التواصل
reason-money-lost = خسارة مال
reason-no-answer = لم يردّ أحد
reason-outage = انقطاع الخدمة
reason-refused = طلب مرفوض
reason-regulator = جهة رقابية
reason-repeat-contact = ليست المرة الأولى
reason-rude-staff = سوء معاملة
reason-safety = السلامة أو الصحة
reason-threat-to-leave = قد يترك الخدمة
reason-upset = انزعاج
reason-urgent = أمر عاجل
reason-vulnerable = شخص بحاجة إلى رعاية خاصة
reason-waiting = انتظار طويل
reason-wants-manager = طلب التحدث إلى المدير
reason-wording = أسلوب الكلام

## ما يكتبه الناس للأوامر، كل عبارة في سطر؛ وأوامر كل لغة مفهومة للجميع

order-help =
    مساعدة
    تعليمات
order-list =
    القائمة
    معالجاتي
order-unmute =
    إلغاء الكتم
    ألغ الكتم
order-today = اليوم
order-start = ابدأ
order-ask = اسأل
order-draft =
    مسودة
    مسودتي
order-language =
    اللغة
    لغتي
order-mute =
    كتم
    اكتم
