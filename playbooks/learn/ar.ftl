### طريقة LEARN. هنا ما تقوله بطريقة أخرى فقط: وما سواه يأتي من recovery/ar.ftl.

method-learn = طريقة LEARN: إصغاء، تعاطف، اعتذار، حل، إبلاغ

listen-title = الإصغاء
listen-body = نترك العميل يروي القصة حتى آخرها، ثم نسأله عمّا يريد.
listen-say =
    «أنا أسمعك. ما أول ما حدث، وما الحل الذي يرضيك؟»
listen-never =
    المقاطعة، أو تخمين نهاية القصة
listen-open = تدوين ما قاله العميل
listen-timer-nudge = ماذا حدث، وماذا يريد العميل؟ يكفي سطران.

apologise-title = التعاطف والاعتذار
apologise-body = نذكر كيف يبدو ذلك للعميل، ثم نقرّ بالخطأ.
apologise-say =
    «[ما حدث] كلّفك [ما خسرته]. هذا خطؤنا، وأعتذر لك.»
apologise-never =
    «أعرف شعورك تمامًا»، «أعتذر، ولكن …»
apologise-open = كتابة الاعتذار

respond-title = الحل
respond-body = نقول ماذا سنفعل ومتى، ثم ننفّذ.
respond-say =
    «سوف [ما ستفعله] قبل الساعة [الوقت]، وسأكتب لك الساعة [الوقت] في كل الأحوال.»
respond-never =
    «في أقرب وقت ممكن»
respond-open = الوعد بالحل
respond-then-open = تدوين تقييم العميل

notify-title = إبلاغ الفريق
notify-body = نخبر الفريق بالسبب وبما يمنع تكراره.
notify-say =
    يكفي سطران.
notify-never =
    اسم من أخطأ
notify-open = تدوين السبب والإجراء
