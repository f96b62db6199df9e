handrail_test(next)
