export * from './ears';
export * from './events';
export * from './hand';
export * from './http';
export * from './sync';
