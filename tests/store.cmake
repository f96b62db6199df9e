handrail_test(store)
