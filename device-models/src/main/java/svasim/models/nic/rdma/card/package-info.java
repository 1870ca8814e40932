/**
 * Hardware of the card with on-demand paging, after mlx5: regions with a translation table of the
 * card's own, queues of messages that stop while a page is missing, events that say so, and
 * commands. Each queue is connected to itself. Left out: other operations than writing, retry
 * limits, several receivers.
 */
package svasim.models.nic.rdma.card;
