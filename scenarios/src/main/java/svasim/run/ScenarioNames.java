package svasim.run;

import svasim.report.Namer;

/**
 * Names that programs and devices have in the scenario.
 *
 * @param lane of the trace that says whose numbers are meant
 */
record ScenarioNames(Simulation simulation, int lane) implements Namer {
    @Override
    public String process(long mm) {
        return simulation.processOf(lane, mm);
    }

    @Override
    public String device(long requesterId) {
        return simulation.deviceOf(lane, requesterId);
    }

    @Override
    public String buffer(long mm, long va) {
        return simulation.bufferOf(lane, mm, va);
    }

    @Override
    public String fault(long code) {
        return simulation.machine().hardware().iommus().stream()
                .findFirst()
                .map(unit -> unit.faultName(code))
                .orElseGet(() -> Namer.super.fault(code));
    }

    @Override
    public Namer in(int otherLane) {
        return new ScenarioNames(simulation, otherLane);
    }
}
