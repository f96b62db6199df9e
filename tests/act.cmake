handrail_test(driver)
handrail_test(matrix)
