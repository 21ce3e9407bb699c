namespace StyleGanSharp.Recipes.Letters.Evaluations;

/// <summary>What was measured for one class.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Recognition07">Share of its generated letters that are recognised, psi 0.7.</param>
/// <param name="Recognition1">The same, psi 1.</param>
/// <param name="Variety">Mean pairwise distance of its generated letters (psi 1) over that of the real ones.</param>
internal sealed record ClassEvaluation(string Name, double Recognition07, double Recognition1, double Variety);
