package svasim.report.words;

/**
 * What is told of one kind of observation, or of one step.
 *
 * @param full for whoever knows the kernel
 * @param simple for whoever knows paging only; null if it is not shown to them
 * @param why told of it as the cause of something, after "because"; null if nothing special
 */
public record Sentence(String full, String simple, String why) {}
