package svasim.run;

import java.util.List;
import svasim.check.Violation;
import svasim.kernel.Kernel;
import svasim.machine.Machine;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** One assembled machine with its programs. */
public interface Simulation {
    /** Listeners are added before {@link #run}. */
    Trace trace();

    Kernel kernel();

    Statistics statistics();

    /**
     * Starts devices and programs and runs until nothing is left to do; call once.
     *
     * @param untilPs simulated time at which it is cut off
     * @param maxEvents events after which it is cut off
     */
    Kernel.End run(long untilPs, long maxEvents);

    /** Invariants that were found broken; complete when {@link #run} has returned. */
    List<Violation> violations();

    /** What is not finished, one line each: who waits for what. Empty after a good end. */
    List<String> waitingFor();

    /** Steps of programs that did not succeed, one line each. */
    List<String> failures();

    /**
     * What parts the numbers of one operating system from those of another: the name of the guest
     * and a dot, empty for the machine's own.
     */
    default String system(int lane) {
        return "";
    }

    /**
     * Name of the process that has this address space, or null.
     *
     * @param lane of the observation that names it: guests count for themselves
     */
    String processOf(int lane, long mm);

    /** Name of the device with this requester ID, or null; else as for processes. */
    String deviceOf(int lane, long requesterId);

    /** Name of the buffer, {@code process.buffer}, that an address lies in; null if in none. */
    default String bufferOf(int lane, long mm, long va) {
        return null;
    }

    /**
     * Contents of a buffer as its process left them.
     *
     * @param buffer {@code process.buffer}
     * @return null if there is no such buffer
     */
    byte[] contents(String buffer);

    /** Architecture of the machine's IOMMU, as files name it: {@code vtd}. */
    String unit();

    /** What the machine has that the real platform lacks; one line each, shown with the results. */
    List<String> hypothetical();

    /** The machine itself, to look at; null if this is none. */
    default Machine machine() {
        return null;
    }
}
