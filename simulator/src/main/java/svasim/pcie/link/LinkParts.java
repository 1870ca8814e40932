package svasim.pcie.link;

import svasim.kernel.Kernel;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** What a link shares with the rest of the machine. */
public record LinkParts(Kernel kernel, Trace trace, Statistics statistics) {}
