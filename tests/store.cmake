handrail_test(audit LIBS SQLite::SQLite3)
handrail_test(store)
