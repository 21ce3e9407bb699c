// The whole of a stand-in library: only its name counts (cmake/StandIns.cmake).
