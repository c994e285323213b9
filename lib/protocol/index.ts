export * from './admin';
export * from './ears';
export * from './events';
export * from './hand';
export * from './history';
export * from './http';
export * from './snapshots';
export * from './sync';
