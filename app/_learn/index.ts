export { TourCard, useOfferedLessons } from './tour-card';
