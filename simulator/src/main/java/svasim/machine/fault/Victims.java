package svasim.machine.fault;

/** Who can be killed, by the names that scenarios give. */
public interface Victims {
    /** Whether the process has been made, has not ended, and no fatal signal is on its way. */
    boolean lives(String name);

    /** A fatal signal, SIGKILL, for a process that lives; nothing happens to another. */
    void kill(String name);

    /** The host moves memory of a guest; nothing happens to one that is no guest. */
    void moveMemory(String guest);
}
