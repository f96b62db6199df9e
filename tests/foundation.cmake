handrail_test(failure)
