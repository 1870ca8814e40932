/**
 * The story of one run, as the lesson page shows it: steps with their cause, lane, phase, PASID and
 * sentences, what takes time, the life of PASIDs, tables in memory with every change of a word, the
 * paths of walks, the contents of caches and queues, and packets with their fields.
 *
 * <p>It is written down from the one stream of observations, and where that does not tell enough by
 * looking at the machine without changing it, so that a run with a story is the same run.
 */
package svasim.lesson.story;
