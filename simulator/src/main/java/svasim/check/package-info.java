/**
 * The invariants of Shared Virtual Addressing, checked while a machine runs (catalogue numbers as
 * in the literature of PASID lifetimes: memory safety, PASID numbers, references, page requests,
 * ordering).
 *
 * <p>Each invariant is a listener of the trace that keeps just the state it needs and, at its
 * triggers, looks at the parts' state through read-only {@link svasim.check.Probes}. A violation
 * carries the observations around it.
 */
package svasim.check;
