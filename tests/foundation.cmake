handrail_test(failure)
handrail_test(reference)
handrail_test(schemasuite)
handrail_test(schema)
