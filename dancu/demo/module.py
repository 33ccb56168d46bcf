"""What this module brings to the house: a running country on one machine."""

from dancu.modules import DemoScene, DemoStep, Module, OperatorCommand

MODULE = Module(
    commands={
        "demo": OperatorCommand(
            "dancu.demo.commands:demo",
            "A running country on this machine.",
            needs_database=False,  # it starts its own, when it is ready for it
            place=10,
        )
    },
    demo_scenes=[
        DemoScene("Yesterday's traffic", "dancu.demo.traffic:drive", place=10),
        DemoScene("A shift at the stations", "dancu.demo.shift:stand", place=15),
        DemoScene("Levels of risk, and a rule that reads them", "dancu.demo.levels:decide", place=16),
        DemoScene("Records that nobody could place for sure", "dancu.demo.reviewing:ask", place=20),
    ],
    demo_steps=[
        DemoStep("declare", "dancu.demo.story:Story.declare", place=10),
        DemoStep("compare", "dancu.demo.story:Story.compare", place=20),
        DemoStep("QR", "dancu.demo.story:Story.fetch_qr", place=30),
        DemoStep("scan", "dancu.demo.story:Story.scan", place=40),
        DemoStep("decision", "dancu.demo.story:Story.decide", place=50),
        DemoStep("bus", "dancu.demo.bus:pass_bus", place=55),
        DemoStep("commune list", "dancu.demo.story:Story.see_in_commune", place=60),
        DemoStep("levels of risk", "dancu.demo.levels:sign", place=70),
    ],
)
