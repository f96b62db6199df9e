handrail_test(models LIBS handrail_models)
handrail_test(viewmodels LIBS handrail_models)
