/**
 * What is told to people, in plain text files: a sentence for every kind of observation and every
 * step of software, the terms of each IOMMU architecture, and a glossary.
 *
 * <p>A line of a file is {@code key = full | simple | why}. The full sentence is for whoever knows
 * the kernel; the simple one for whoever knows paging only, and a moment without one is not shown
 * in the simple view; the last one says of a cause why it made something happen. A field of the
 * kind stands in braces, a term that each architecture has a name of its own for in angle brackets.
 * Steps stand under the name of their procedure; device models bring theirs along.
 */
package svasim.report.words;
