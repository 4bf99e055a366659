using System.CommandLine;
using MiniK8s.ApiServer.Security.Authentication;
using MiniK8s.ApiServer.Security.Pki;

namespace MiniK8s.Commands;

/// <summary><c>token</c>: a bearer token for the admin.</summary>
internal static class TokenCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var data = CommonOptions.DataDirectory();
        var hours = new Option<int>("--hours") { Description = "How long the token is good.", HelpName = "N", DefaultValueFactory = _ => 24 };
        var command = new Command("token", "Print a new bearer token of an admin. Only its hash is kept, in tokens.json of the data directory; removing it there revokes it.") { data, hours };
        command.SetAction(result =>
        {
            if (result.GetValue(hours) <= 0) throw new ClusterException($"--hours {result.GetValue(hours)} must be 1 or more");
            var tokens = new TokenFile(Path.GetFullPath(result.GetValue(data)!), TimeProvider.System);
            var admin = ComponentIdentity.Admin;
            Console.WriteLine(tokens.Issue(admin.User, admin.Groups, TimeSpan.FromHours(result.GetValue(hours))));
            return 0;
        });
        return command;
    }
}
