package svasim.run;

import java.util.List;
import java.util.Map;
import svasim.check.Violation;
import svasim.kernel.Kernel;
import svasim.machine.Device;
import svasim.machine.Machine;
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

    /** The programs of the host first, then those of guests. */
    private List<OsPrograms> all() {
        return Machines.programs(machine);
    }

    @Override
    public String system(int lane) {
        return Machines.programs(machine, lane).prefix();
    }

    @Override
    public List<String> failures() {
        return all().stream().flatMap(programs -> programs.failures().stream()).toList();
    }

    @Override
    public String bufferOf(int lane, long mm, long va) {
        return Machines.programs(machine, lane).buffer(mm, va);
    }

    @Override
    public String processOf(int lane, long mm) {
        return Machines.programs(machine, lane).process(mm);
    }

    @Override
    public String deviceOf(int lane, long requesterId) {
        String guest = Machines.programs(machine, lane).prefix();
        if (!guest.isEmpty()) {
            return machine
                    .guests()
                    .get(guest.substring(0, guest.length() - 1))
                    .os()
                    .devices()
                    .stream()
                    .filter(device -> device.requesterId() == requesterId)
                    .map(device -> guest + device.name())
                    .findFirst()
                    .orElse(null);
        }
        for (Map.Entry<String, Device> device : machine.hardware().devices().entrySet()) {
            if (device.getValue().function().requesterId() == requesterId) {
                return device.getKey();
            }
        }
        return machine.hardware().portName((int) requesterId);
    }

    @Override
    public byte[] contents(String buffer) {
        return Machines.ownerOf(machine, buffer).contents(buffer);
    }

    @Override
    public List<String> hypothetical() {
        return machine.hypothetical();
    }
}
