import Testing

struct SimulationTests {}
