/**
 * Processes: threads that interpret programs, their file tables, signals, and the order in which a
 * thread and a process end (do_exit; reference of the life of a PASID, section 4). Left out so far:
 * fork, exec, file tables shared without the address space.
 */
package svasim.os.process;
