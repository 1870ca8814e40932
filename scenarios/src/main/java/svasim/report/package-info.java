/**
 * What a run looks like from outside: sentences for each kind of observation, the summary of a
 * PASID's life, traces for other tools, statistics as files. Everything here only listens.
 */
package svasim.report;
