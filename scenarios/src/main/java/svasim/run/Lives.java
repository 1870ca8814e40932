package svasim.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.scenario.Station;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** Writes down the stations of each process's PASIDs, and refused binds. */
final class Lives implements TraceListener {
    private final Simulation simulation;
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, List<Station>> stations = new HashMap<>();
    private final Map<String, List<String>> refusals = new HashMap<>();

    Lives(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.BIND_REFUSED || Station.of(kind) != null;
    }

    @Override
    public boolean hearsGuests() {
        return true;
    }

    @Override
    public void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        if (kind == Kind.BIND_REFUSED) {
            list(refusals, simulation.processOf(lane, c)).add(String.valueOf(subject));
            return;
        }
        String pasid = simulation.system(lane) + a;
        if (kind == Kind.PASID_ALLOCATED) {
            owners.put(pasid, simulation.processOf(lane, b));
        }
        list(stations, owners.get(pasid)).add(Station.of(kind));
    }

    private static <T> List<T> list(Map<String, List<T>> lists, String process) {
        return lists.computeIfAbsent(String.valueOf(process), p -> new ArrayList<>());
    }

    /** Stations in the order of time. */
    List<Station> stations(String process) {
        return stations.getOrDefault(process, List.of());
    }

    /** Reasons of refused binds. */
    List<String> refusals(String process) {
        return refusals.getOrDefault(process, List.of());
    }
}
