namespace StyleGanSharp.Recipes;

/// <summary>Wrong input; the message is the sentence shown to the user.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
internal sealed class RecipeException(string message) : Exception(message);
