// What is measured here uses all cores: a test beside it would be measured too.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
