/**
 * What driver and hardware of the card with on-demand paging agree on: registers, work requests,
 * commands, events. The layouts are the model's own; what is in them follows mlx5 (nic.md, 4).
 */
package svasim.models.nic.rdma.layout;
