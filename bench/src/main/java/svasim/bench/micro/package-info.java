/**
 * The kernel under the workloads by which event queues are compared: the hold model (PHOLD with one
 * logical process) and a network of components that send each other messages. Each run hashes its
 * first million events, so that a faster kernel that loses the order is found out.
 */
package svasim.bench.micro;
