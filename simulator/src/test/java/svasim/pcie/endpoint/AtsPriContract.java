package svasim.pcie.endpoint;

/**
 * What every function with ATS and PRI does, physical or virtual, seen from the other end of its
 * link (PCI Express Base 5.0, chapter 10; each test names its section).
 */
interface AtsPriContract extends AtsContract, InvalidationContract, PriContract {}
