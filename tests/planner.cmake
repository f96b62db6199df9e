handrail_test(planner)
target_sources(plannertest PRIVATE data/modelreplies.h)
handrail_test(proposal)
