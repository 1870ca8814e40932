/**
 * The files that people open in a browser: one self-contained page per lesson, the index of a
 * course, and the page of a sweep. {@link svasim.lesson.page.Frame} is what all of them are, that
 * of the published measurements included: one file with its style sheet, ES modules and data put
 * in, the modules through an import map of {@code data:} addresses, so that it works from a folder
 * and asks the network for nothing. What is data stays data: it is escaped here once, and the
 * modules put it into the page as text only.
 *
 * <p>The modules and the style sheet are the resources of {@code svasim/lesson}; the names of the
 * modules that belong to the page are listed in {@link svasim.lesson.page.Resources}.
 */
package svasim.lesson.page;
