### كلمات لمن يشرف على فريق: عطل واحد، وكتم التنبيهات، وملخص الصباح.

## عطل واحد

outage-title = { $count ->
    [one] أبلغ عميل واحد منذ { $time } أن الخدمة متوقفة: هل هو عطل عام؟
    [two] أبلغ عميلان منذ { $time } أن الخدمة متوقفة: هل هو عطل واحد؟
    [few] أبلغ { $count } عملاء منذ { $time } أن الخدمة متوقفة: هل هو عطل واحد؟
    [many] أبلغ { $count } عميلًا منذ { $time } أن الخدمة متوقفة: هل هو عطل واحد؟
   *[other] أبلغ { $count } عميل منذ { $time } أن الخدمة متوقفة: هل هو عطل واحد؟
}
outage-body = قل الحقيقة مرة واحدة ليستعملها الفريق كله: الكلام نفسه لكل عميل.
outage-decline = أعطال مختلفة
outage-declined = بحسب { $who } هذه أعطال مختلفة. تستمر كل معالجة وحدها.
outage-lapsed = لم يقل أحد إنه عطل واحد. تستمر كل معالجة وحدها.
outage-open = { $count ->
    [one] عطل واحد، ومتابعته لدى { $who }: معالجة واحدة مرتبطة به
    [two] عطل واحد، ومتابعته لدى { $who }: معالجتان مرتبطتان به
    [few] عطل واحد، ومتابعته لدى { $who }: { $count } معالجات مرتبطة به
    [many] عطل واحد، ومتابعته لدى { $who }: { $count } معالجة مرتبطة به
   *[other] عطل واحد، ومتابعته لدى { $who }: { $count } معالجة مرتبطة به
}
outage-due = حان موعد البيان التالي: الفريق والعملاء في انتظاره.
outage-over = انتهى العطل بحسب { $who }
outage-over-body = { $count ->
    [one] ارتبطت به معالجة واحدة، ولها متابعتها وتوثيقها.
    [two] ارتبطت به معالجتان، ولكل منهما متابعتها وتوثيقها.
    [few] ارتبطت به { $count } معالجات، ولكل منها متابعتها وتوثيقها.
    [many] ارتبطت به { $count } معالجة، ولكل منها متابعتها وتوثيقها.
   *[other] ارتبطت به { $count } معالجة، ولكل منها متابعتها وتوثيقها.
}
outage-word-first = عطل واحد: هذا ما يسمعه كل عميل
outage-word-new = جديد العطل: هذا ما يسمعه كل عميل الآن
outage-word-last = انتهى العطل: هذا ما يسمعه كل عميل
outage-word-body = يُستعمل كما هو بعد اعتذارك، بلا وقت آخر ولا سبب آخر.
outage-word-last-body = أخبر العميل، واسأله هل عاد كل شيء إلى ما كان، ثم أكمل المعالجة.
outage-word-old = هناك بيان أحدث عن العطل في الأسفل.
outage-status = عطل واحد: يقال لكل عميل
outage-says = البيان
outage-since = منذ { $time }.
outage-lasted = من { $since } إلى { $until }.
outage-safe = ما هو سليم: { $what }
outage-next = البيان التالي منا: { $time }.
outage-signed = – { $who }
outage-part = جزء من عطل واحد
outage-part-of = { $what } (منذ { $since })
outage-part-was = { $what } (من { $since } إلى { $until })

form-outage-declare = إعلان عطل واحد
    .title = عطل واحد
    .submit = إبلاغ الفريق
form-outage-update = جديد العطل
    .title = جديد العطل
    .submit = إبلاغ الفريق
form-outage-end = انتهى العطل
    .title = انتهى العطل
    .submit = إبلاغ الفريق
input-outage-what = ماذا حدث؟
    .hint = ما نعرفه فقط: «لا تتم عمليات الدفع بالبطاقة.»
input-outage-since = منذ متى؟
input-outage-safe = ما الذي هو سليم وما زال يعمل؟
    .hint = مثلًا: «الدفع نقدًا ممكن، ولن يُسحب أي مبلغ مرتين.»
input-outage-next = متى البيان التالي؟
input-outage-signed = التوقيع
input-outage-what-last = ماذا يسمع العملاء الآن؟
    .hint = مثلًا: «عاد الدفع بالبطاقة منذ الساعة 14:00.»

no-field-past = المطلوب وقت مضى.
no-field-future = المطلوب وقت قادم.
no-late-outage-declared = العطل معلن من قبل ومتابعته لدى { $who }، ووصل البيان إلى الفريق كله.
no-late-outage-declined = سبق الجواب من { $who }: هذه أعطال مختلفة.
no-late-outage-lapsed = مضى وقت على هذا السؤال فتوقفتُ عنه. وإن أبلغ عملاء آخرون فسأسأل من جديد.
no-late-outage-over = سبق إنهاء هذا العطل من { $who }.

## كتم التنبيهات

form-mute = كتم تنبيهاتي
    .title = كتم تنبيهاتي
    .submit = كتم
    .for = كم من الوقت؟
    .for-15m = 15 دقيقة
    .for-1h = ساعة واحدة
    .tomorrow = حتى بداية عمل الغد
unmute = إعادة التنبيهات
muted = تنبيهاتك مكتومة حتى { $time }.
muted-body = أسأل من يليك فورًا في هذه المدة. أما الحالات العاجلة وطلبات الموافقة وما لم يردّ عليه أحد فتصلك.
mute-over = { $count ->
    [one] عادت تنبيهاتك. فاتك تنبيه واحد:
    [two] عادت تنبيهاتك. فاتك تنبيهان:
    [few] عادت تنبيهاتك. فاتتك { $count } تنبيهات:
    [many] عادت تنبيهاتك. فاتك { $count } تنبيهًا:
   *[other] عادت تنبيهاتك. فاتك { $count } تنبيه:
}
mute-over-nothing = عادت تنبيهاتك. لم يطلبك أحد في هذه المدة.
mute-waits = ما زال طلب { $who } بلا جواب.
mute-more = { $count ->
    [one] وواحد آخر.
    [two] واثنان آخران.
    [few] و{ $count } أخرى.
    [many] و{ $count } آخر.
   *[other] و{ $count } آخر.
}
mute-minutes =
    د
    دقيقة
    دقائق
    دقايق
mute-hours =
    س
    ساعة
    ساعات
mute-two-hours =
    ساعتين
    ساعتان
mute-tomorrow =
    غدا
    الغد
    بكرة
no-mute-how = المطلوب كتابة المدة: «كتم 15 دقيقة» أو «كتم ساعة» أو «كتم غدًا»، وأقصاها يوم كامل.
no-mute-supervisors = التنبيهات للمشرفين وحدهم، فلا شيء لديك لكتمه.
no-not-muted = تنبيهاتك ليست مكتومة.

## ملخص الصباح

digest-title = صباح الخير: فريقك اليوم
digest-nothing = لا شيء مفتوح ولا موعد اليوم. ممتاز.
digest-overdue = وعود فات موعدها
digest-today = وعود اليوم
digest-open-3 = مفتوح: حالات عاجلة ({ $count })
digest-open-2 = مفتوح: عملاء مستاؤون ({ $count })
digest-open-1 = مفتوح: عملاء منزعجون ({ $count })
digest-prevention = حتى لا يتكرر: حان موعده
digest-completed = { $count ->
    [one] اكتملت أمس معالجة واحدة.
    [two] اكتملت أمس معالجتان.
    [few] اكتملت أمس { $count } معالجات.
    [many] اكتملت أمس { $count } معالجة.
   *[other] اكتملت أمس { $count } معالجة.
}
digest-causes = أكثر الأسباب تكرارًا في آخر 7 أيام
digest-cause = { $cause } ({ $count })
digest-line = { $what } · { $who }
digest-due = { $time }: { $what } · { $who }
no-today-supervisors = هذا الملخص للمشرفين. وللاطلاع على معالجاتك المفتوحة: «القائمة».
