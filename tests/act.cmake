handrail_test(driver)
handrail_test(matrix)
handrail_test(schedules)
handrail_test(steadyclock)
