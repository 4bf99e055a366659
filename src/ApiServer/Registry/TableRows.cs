using System.Text.Json;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Registry;

/// <summary>Tables of a kind, from its columns.</summary>
internal sealed class TableRows<T>(ResourceKind<T> kind) : ITableRows where T : class, IResource<T>
{
    /// <inheritdoc/>
    public IReadOnlyList<TableColumn> Columns { get; } =
        [.. kind.Columns.Select(column => new TableColumn(column.Name, column.Type, column.Format, column.Name, column.Priority))];

    /// <inheritdoc/>
    public IReadOnlyList<object> Cells(CachedObject value, DateTimeOffset now)
    {
        try
        {
            var decoded = ApiSerializer.Deserialize<T>(value.Json.Span);
            return [.. kind.Columns.Select(column => column.Value(decoded, now))];
        }
        catch (JsonException)
        {
            return [.. kind.Columns.Select(column => (object)(column.Format == "name" ? value.Name.ToString() : "<broken>"))];
        }
    }
}
