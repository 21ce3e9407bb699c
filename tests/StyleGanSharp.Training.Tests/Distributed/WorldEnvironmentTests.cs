using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Tests.Distributed;

public sealed class WorldEnvironmentTests
{
    [Fact]
    public void Without_variables_a_process_trains_alone()
    {
        Assert.Null(Read());
        Assert.Null(Read(("WORLD_SIZE", "1")));
        Assert.Null(Read(("RANK", "0"), ("WORLD_SIZE", "1"), ("MASTER_ADDR", "node")));
    }

    [Fact]
    public void The_variables_of_torchrun_are_read()
    {
        WorldOptions world = Read(
            ("RANK", "5"), ("WORLD_SIZE", "8"), ("LOCAL_RANK", "1"), ("LOCAL_WORLD_SIZE", "4"), ("MASTER_ADDR", "gpu07"), (
                "MASTER_PORT", "4321"),
            ("TORCHELASTIC_USE_AGENT_STORE", "True"), ("TORCHELASTIC_RESTART_COUNT", "2"), ("TORCHELASTIC_RUN_ID", "x"), (
                "GLOO_SOCKET_IFNAME", "eth1"))!;
        Assert.Equal((5, 8, 1, 4, "gpu07", 4321), (
            world.Rank, world.Size, world.LocalRank, world.LocalSize, world.Address, world.Port));
        Assert.Equal(("torchrun", true, "2", "eth1"), (world.Launcher, world.IsStoreServed, world.Attempt, world.Interfaces));
    }

    [Fact]
    public void A_PyTorchJob_sets_no_local_variables()
    {
        WorldOptions world = Read(("RANK", "1"), ("WORLD_SIZE", "2"), ("MASTER_ADDR", "job-master-0"), ("MASTER_PORT", "23456"))!;
        Assert.Equal((1, 2, 0, 1, "job-master-0", 23456), (
            world.Rank, world.Size, world.LocalRank, world.LocalSize, world.Address, world.Port));
        Assert.False(world.IsStoreServed);
    }

    [Fact]
    public void The_variables_of_a_SLURM_step_are_read()
    {
        WorldOptions world = Read(
            ("SLURM_STEP_ID", "0"), ("SLURM_PROCID", "9"), ("SLURM_NTASKS", "16"), ("SLURM_LOCALID", "1"), (
                "SLURM_NTASKS_PER_NODE", "8"),
            ("SLURM_JOB_ID", "123456"), ("SLURM_STEP_NODELIST", "gpu[07-09,12]"))!;
        Assert.Equal((9, 16, 1, 8, "gpu07", 15000 + (123456 % 15000)), (
            world.Rank, world.Size, world.LocalRank, world.LocalSize, world.Address, world.Port));
        Assert.Equal("SLURM", world.Launcher);

        // A batch script has a rank, but only srun starts all of them.
        Assert.Null(Read(("SLURM_PROCID", "0"), ("SLURM_NTASKS", "16"), ("SLURM_JOB_ID", "1")));
        Assert.Null(Read(("SLURM_STEP_ID", "0"), ("SLURM_PROCID", "0"), ("SLURM_NTASKS", "1")));
    }

    [Theory]
    [InlineData("node", "node")]
    [InlineData("a,b", "a")]
    [InlineData("gpu[07-09,12]", "gpu07")]
    [InlineData("gpu[3,5],login1", "gpu3")]
    [InlineData("login1,gpu[3,5]", "login1")]
    [InlineData("rack[1-2].hpc", "rack1.hpc")]
    [InlineData("broken[12", "broken[12")]
    public void The_first_host_of_a_list(string list, string expected) =>
        Assert.Equal(expected, WorldEnvironment.FirstHost(list));

    [Theory]
    [InlineData("WORLD_SIZE", "two", "WORLD_SIZE is 'two'")]
    [InlineData("RANK", "2", "rank 2 of 2")]
    [InlineData("RANK", "-1", "rank -1 of 2")]
    [InlineData("RANK", "", "RANK is missing")]
    [InlineData("WORLD_SIZE", "", "WORLD_SIZE is missing")]
    [InlineData("MASTER_ADDR", "", "MASTER_ADDR")]
    [InlineData("MASTER_PORT", "70000", "70000")]
    [InlineData("STYLEGAN_SILENCE_SECONDS", "soon", "'soon'")]
    [InlineData("STYLEGAN_JOIN_SECONDS", "0", "'0'")]
    public void Wrong_variables_are_explained(string name, string value, string expected)
    {
        var variables = new Dictionary<string,
            string>
        { ["RANK"] = "1", ["WORLD_SIZE"] = "2", ["MASTER_ADDR"] = "node", ["MASTER_PORT"] = "29500", [name] = value };
        RunException e = Assert.Throws<RunException>(() => WorldEnvironment.Read(variables.GetValueOrDefault));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    private static WorldOptions? Read(params (string Name, string Value)[] variables) =>
        WorldEnvironment.Read(variables.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault);
}
