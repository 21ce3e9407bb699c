using StyleGanSharp.Data.Files;

using StyleGanSharp.Generation.Text;
namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>Room for what the program writes.</summary>
internal static class DiskChecks
{
    private const long LowSpace = 1L << 30;

    internal static IEnumerable<Finding> Run() =>
        [Space("disk_working_folder", Environment.CurrentDirectory), Space("disk_temporary", Path.GetTempPath())];

    private static Finding Space(string name, string folder)
    {
        try
        {
            long free = new DriveInfo(folder).AvailableFreeSpace;
            string value = $"{ByteSize.Show(free)} free in {folder}";
            return free >= LowSpace
                ? Finding.Ok(name, value) : Finding.Warning(name, value, "Make room before training or long films.");
        }
        catch (Exception e) when (FileFault.IsFileFault(e) || e is ArgumentException)
        {
            return Finding.Warning(
                name, $"{folder} cannot be asked: {e.Message.Split('\n')[0]}", "Work in a folder that exists.");
        }
    }
}
