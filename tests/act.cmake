handrail_test(driver)
