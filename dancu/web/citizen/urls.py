"""A citizen's pages."""

from django.urls import path

from dancu.web.citizen import again, declare, demo, home, own, passes, sending, sent_pages, sign_in, together

app_name = "citizen"
urlpatterns = [
    path("", home.home, name="home"),
    path("forget-me/", home.forget_me, name="forget-me"),
    path("declare/", declare.begin, name="declare"),
    path("declare/check/", sending.check, name="check"),
    path("declare/outcome/", sending.outcome, name="outcome"),
    path("declare/correct/", sending.correct, name="correct"),
    path("declare/go-on/", sending.go_on, name="go-on"),
    path("declare/as-last-time/", again.as_last_time, name="as-last-time"),
    path("declare/for-companion/", again.for_companion, name="for-companion"),
    path("declare/anew/", again.anew, name="anew"),
    path("declare/sent/", sent_pages.before, name="sent"),
    path("declare/stay/", sent_pages.stay, name="stay"),
    path("declare/discard/", declare.discard, name="discard"),
    path("declare/<slug:name>/", declare.step, name="step"),
    path("pass/<str:token>/", passes.show, name="pass"),
    path("pass/<str:token>/full/", passes.full, name="pass-full"),
    path("pass/<str:token>/withdraw/", passes.withdraw, name="pass-withdraw"),
    path("pass/<str:token>/slip.pdf", passes.slip, {"kind": "pdf"}, name="pass-pdf"),
    path("pass/<str:token>/slip.png", passes.slip, {"kind": "png"}, name="pass-png"),
    path("p/<str:token>/", passes.short, name="short"),
    path("together/<str:token>/", together.show, name="together"),
    path("together/<str:token>/slips.pdf", together.slips, name="together-pdf"),
    path("sign-in/", sign_in.who, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-out/", sign_in.out, name="sign-out"),
    path("passes/", own.passes, name="passes"),
    path("me/", own.me, name="me"),
    path("demo/messages/", demo.messages, name="demo-messages"),
]
