// The demo people. Their password is public: it is printed at the start and offered on the login page.

export const DEMO_PASSWORD = "yroom-demo";

export const demoPeople = [
  { email: "ana@example.com", name: "Ana", color: 0, isStaff: true, isAdmin: false },
  { email: "ben@example.com", name: "Ben", color: 7, isStaff: true, isAdmin: false },
  { email: "admin@example.com", name: "Alex Admin", color: 4, isStaff: true, isAdmin: true },
  { email: "vera@example.com", name: "Vera", color: 10, isStaff: false, isAdmin: false },
] as const;
