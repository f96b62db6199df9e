# The views beside the inbox: each alone, and in the real window over the demo's shop.
handrail_test(views LIBS handrail_ui)
