package svasim.compare;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import svasim.binding.Names;
import svasim.pcie.tlp.Tlp;
import svasim.report.Subjects;
import svasim.run.Simulation;
import svasim.scenario.Station;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** Counts what one machine does, row by row. */
final class Account implements TraceListener {
    /** Row with the sum of a section. */
    static final String ALL = "all";

    private static final Set<Kind> COUNTED =
            EnumSet.of(
                    Kind.STEP,
                    Kind.COMMAND_EXECUTED,
                    Kind.TLP_SENT,
                    Kind.TRANSLATION_FAULTED,
                    Kind.FAULT_RECORDED,
                    Kind.PAGE_REQUEST_QUEUED,
                    Kind.CPU_FAULT,
                    Kind.BIND_REFUSED,
                    Kind.TLP_DROPPED);

    private final Simulation simulation;
    private final Map<Section, Map<String, Cell>> sections = new EnumMap<>(Section.class);

    /** Process by number of the PASID that it has now. */
    private final Map<Long, String> owners = new HashMap<>();

    Account(Simulation simulation) {
        this.simulation = simulation;
        for (Section section : Section.values()) {
            sections.put(section, new LinkedHashMap<>());
        }
    }

    @Override
    public boolean wants(Kind kind) {
        return COUNTED.contains(kind) || Station.of(kind) != null;
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
        switch (kind) {
            case STEP -> add(Section.STEPS, procedure((String) subject), c);
            case COMMAND_EXECUTED -> add(Section.COMMANDS, (String) subject, 0);
            case TLP_SENT -> add(Section.TLPS, Subjects.kind((Tlp) subject), a);
            case TRANSLATION_FAULTED -> fault("translation fails, code 0x" + Long.toHexString(c));
            case FAULT_RECORDED -> fault("faults recorded for software");
            case PAGE_REQUEST_QUEUED -> fault("page requests");
            case CPU_FAULT -> fault("faults of processors");
            case BIND_REFUSED -> fault("binds refused");
            case TLP_DROPPED -> fault("TLPs thrown away");
            default -> station(timePs, kind, lane, a, b);
        }
    }

    private static String procedure(String step) {
        return step.substring(0, Math.max(0, step.indexOf('/')));
    }

    private void fault(String what) {
        add(Section.FAULTS, what, 0);
    }

    /** Only the first time that a process comes to a station. */
    private void station(long timePs, Kind kind, int lane, long pasid, long mm) {
        if (kind == Kind.PASID_ALLOCATED) {
            owners.put(pasid, simulation.processOf(lane, mm));
        }
        String name = Names.kebab(Station.of(kind).name());
        sections.get(Section.STATIONS)
                .putIfAbsent(owners.get(pasid) + " " + name, new Cell(1, timePs));
    }

    private void add(Section section, String row, long amount) {
        sections.get(section).merge(row, new Cell(1, amount), Cell::plus);
    }

    /** To be called when the run is over. */
    void end(long endPs) {
        Cell commands = rows(Section.COMMANDS).values().stream().reduce(Cell.NONE, Cell::plus);
        sections.get(Section.COMMANDS).put(ALL, commands);
        Cell steps = rows(Section.STEPS).values().stream().reduce(Cell.NONE, Cell::plus);
        Cell tlps = rows(Section.TLPS).values().stream().reduce(Cell.NONE, Cell::plus);
        sections.get(Section.STEPS).put(ALL, steps);
        sections.get(Section.TLPS).put(ALL, tlps);
        sections.get(Section.TIME).put("steps of all tasks", steps);
        sections.get(Section.TIME).put("from start to end", new Cell(1, endPs));
    }

    Map<String, Cell> rows(Section section) {
        return sections.get(section);
    }
}
