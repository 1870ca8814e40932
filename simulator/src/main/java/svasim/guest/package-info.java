/**
 * Virtual machines: everything of them that is neither hardware nor a driver of the host. A guest
 * is the same operating system a second time, on virtual cores and in memory that is a view of the
 * host's; a process of the host, its virtual machine monitor, holds it by ordinary files, so that
 * it ends as processes end.
 *
 * <p>Not modelled: the tables of the cores' own stage 2 (EPT, NPT), which only cost a guest's TLB
 * misses more; vCPUs that share a core of the host.
 */
package svasim.guest;
