/**
 * Lessons: what a run teaches. The story of a scenario is told on several machines and in several
 * variants, step by step aligned, and becomes the data of the lesson page.
 */
package svasim.lesson;
