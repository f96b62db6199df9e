handrail_test(failure)
handrail_test(reference)
