package svasim.run;

import java.util.List;
import java.util.Map;
import svasim.check.Violation;
import svasim.kernel.Kernel;
import svasim.machine.Device;
import svasim.machine.Machine;
import svasim.os.process.Process;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** A machine with the names that its scenario gives to processes and devices. */
record MachineSimulation(Machine machine, String unit) implements Simulation {
    @Override
    public Trace trace() {
        return machine.hardware().trace();
    }

    @Override
    public Kernel kernel() {
        return machine.hardware().kernel();
    }

    @Override
    public Statistics statistics() {
        return machine.hardware().statistics();
    }

    @Override
    public Kernel.End run(long untilPs, long maxEvents) {
        return machine.run(untilPs, maxEvents);
    }

    @Override
    public List<Violation> violations() {
        return machine.violations();
    }

    @Override
    public List<String> waitingFor() {
        return machine.waitingFor();
    }

    @Override
    public List<String> failures() {
        return machine.os().processes().stream()
                .flatMap(
                        process ->
                                process.failures().stream()
                                        .map(failure -> process.name() + "." + failure))
                .toList();
    }

    @Override
    public String bufferOf(long mm, long va) {
        for (Process process : machine.os().processes()) {
            String buffer = process.mm().id() == mm ? process.bufferAt(va) : null;
            if (buffer != null) {
                return process.name() + "." + buffer;
            }
        }
        return null;
    }

    @Override
    public String processOf(long mm) {
        return machine.os().processes().stream()
                .filter(process -> process.mm().id() == mm)
                .map(Process::name)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String deviceOf(long requesterId) {
        for (Map.Entry<String, Device> device : machine.hardware().devices().entrySet()) {
            if (device.getValue().function().requesterId() == requesterId) {
                return device.getKey();
            }
        }
        return machine.hardware().portName((int) requesterId);
    }

    @Override
    public byte[] contents(String buffer) {
        int dot = buffer.indexOf('.');
        Process process = dot < 0 ? null : machine.os().process(buffer.substring(0, dot));
        try {
            return process == null ? null : process.contents(buffer.substring(dot + 1));
        } catch (IllegalArgumentException e) { // no such buffer, or not mapped at the end
            return null;
        }
    }

    @Override
    public List<String> hypothetical() {
        return machine.hypothetical();
    }
}
