/**
 * Driver of the card with on-demand paging, and the library that programs use it with: memory is
 * registered without being pinned, page faults of the card are handled by workers, notifiers empty
 * the card's tables. Step names follow mlx5 and the kernel's verbs.
 */
package svasim.models.nic.rdma.verbs;
