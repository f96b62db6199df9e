handrail_test(doubt)
handrail_test(next)
handrail_test(retry)
