namespace StyleGanSharp.Testing;

/// <summary>The checkout that the test program was built in.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds the solution file.</summary>
    /// <exception cref="DirectoryNotFoundException">The program does not lie inside a checkout.</exception>
    public static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StyleGanSharp.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} does not lie inside a checkout.");
    }
}
