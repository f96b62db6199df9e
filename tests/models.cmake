handrail_test(models LIBS handrail_models)
