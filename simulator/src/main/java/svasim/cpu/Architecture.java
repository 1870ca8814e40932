package svasim.cpu;

/** Instruction set of the cores, which fixes the format of the page tables of processes. */
public enum Architecture {
    /** Tables of four levels; remote TLBs are reached by interrupts. */
    X86_64,
    /** VMSAv8-64 tables of 4 KiB; TLB maintenance is broadcast by hardware. */
    AARCH64
}
