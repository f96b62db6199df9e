handrail_test(next)
handrail_test(retry)
