namespace MiniK8s.TestKit.Docker;

/// <summary>Control groups that stay when a container's shim was killed before it could tidy up.</summary>
internal static class ControlGroups
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>Removes the empty groups of these containers; a group that is in use, or gone, is left alone.</summary>
    internal static void Remove(IEnumerable<string> containerIds)
    {
        // Version 1 has a tree for each controller, version 2 a single one.
        var trees = Directory.Exists(Root) ? Directory.GetDirectories(Root).Append(Root).ToList() : [];
        foreach (var group in containerIds.SelectMany(id => trees.Select(tree => Path.Combine(tree, "docker", id))))
        {
            try
            {
                if (Directory.Exists(group))
                {
                    Directory.Delete(group);
                }
            }
            catch (IOException)
            {
                // A group that still has processes cannot be removed, and those are not for this class to judge.
            }
        }
    }
}
